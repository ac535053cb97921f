// Creates the parameters that do not exist yet. One that exists is never changed, except that the list of clusters
// grows; and none is ever removed. A cluster on the list has what it needs: a placeholder for its user would stop one
// that is reached without.
import { GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

// a standard account may put three parameters a second
const ssm = new SSMClient({ maxAttempts: 10, retryMode: 'adaptive' });

const NAMES_PER_CALL = 10;
const LONGEST_VALUE = 4096;

/**
 * Properties: Parameters, each with Name, Type, Value, optional KeyId, optional Cluster (made only while that one is not
 * on the list), and optional Accepted (what an existing one may hold, else the deployment fails) with optional Remedy
 * (what to do then, rather than to delete it); List with Name and Clusters.
 */
export const handler = async (event) => {
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { Parameters: wanted, List: list } = event.ResourceProperties;
  const existing = await read([...wanted.map((parameter) => parameter.Name), list.Name]);
  const conflicts = wanted.filter(
    ({ Name, Accepted }) => Accepted && existing.has(Name) && !Accepted.includes(existing.get(Name)));
  if (conflicts.length > 0) {
    throw new Error(conflicts.map((conflict) => describe(conflict, existing)).join('; '));
  }
  const enabled = entries(existing.get(list.Name));
  for (const parameter of wanted.filter(({ Name, Cluster }) => !existing.has(Name) && !enabled.includes(Cluster))) {
    await create(parameter);
  }
  // last, so that no cluster is enabled before it has its parameters
  await grow(list, existing.get(list.Name));
  return {};
};

const read = async (names) => {
  const values = new Map();
  for (let first = 0; first < names.length; first += NAMES_PER_CALL) {
    const Names = names.slice(first, first + NAMES_PER_CALL);
    const { Parameters } = await ssm.send(new GetParametersCommand({ Names }));
    Parameters.forEach(({ Name, Value }) => values.set(Name, Value));
  }
  return values;
};

const describe = ({ Name, Accepted, Remedy }, existing) =>
  `${Name} = '${existing.get(Name)}': expected '${Accepted[0]}', which is this deployment's; `
    + `${Remedy ? `${Remedy} ` : ''}delete the parameter`;

const create = async ({ Name, Type, Value, KeyId }) => {
  try {
    await ssm.send(new PutParameterCommand({ Name, Type, Value, KeyId, Overwrite: false }));
  } catch (error) {
    // somebody else was faster: theirs counts
    if (error.name !== 'ParameterAlreadyExists') {
      throw error;
    }
  }
};

const entries = (value) => (value ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');

const grow = async ({ Name, Clusters: clusters }, value) => {
  const enabled = entries(value);
  const missing = (clusters ?? []).filter((cluster) => !enabled.includes(cluster));
  if (missing.length === 0) {
    return;
  }
  const Value = [...enabled, ...missing].join(',');
  if (Value.length > LONGEST_VALUE) {
    throw new Error(`${Name} would have ${Value.length} characters: expected at most ${LONGEST_VALUE}, fewer clusters`);
  }
  await ssm.send(new PutParameterCommand({ Name, Type: 'StringList', Value, Overwrite: true }));
};
