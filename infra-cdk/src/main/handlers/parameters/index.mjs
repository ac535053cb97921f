// Creates the parameters that do not exist yet. Existing ones are not changed, except that clusters are added to the
// list; none is deleted. For a cluster that is on the list already, nothing is created: a placeholder for its user
// would stop the export of a cluster that needs no user.
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

import { entriesOf, readParameters } from '../parameter-store.mjs';

// the default quota is three PutParameter calls per second
const ssm = new SSMClient({ maxAttempts: 10, retryMode: 'adaptive' });

const LONGEST_VALUE = 4096;

/**
 * Properties: Parameters, each with Name, Type, Value, and optionally KeyId, Cluster (create the parameter only if this
 * cluster is not on the list yet), Accepted (legal values of an existing parameter; with another value the deployment
 * fails) and Remedy (what to do in that case instead of deleting the parameter); List: Name of the list's parameter,
 * and Clusters to add.
 */
export const handler = async (event) => {
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { Parameters: wanted, List: list } = event.ResourceProperties;
  const existing = await readParameters(ssm, [...wanted.map((parameter) => parameter.Name), list.Name]);
  const conflicts = wanted.filter(
    ({ Name, Accepted }) => Accepted && existing.has(Name) && !Accepted.includes(existing.get(Name)));
  if (conflicts.length > 0) {
    throw new Error(conflicts.map((conflict) => describe(conflict, existing)).join('; '));
  }
  const enabled = entriesOf(existing.get(list.Name));
  for (const parameter of wanted.filter(({ Name, Cluster }) => !existing.has(Name) && !enabled.includes(Cluster))) {
    await create(parameter);
  }
  // last, so that no cluster is enabled before its parameters exist
  await grow(list, existing.get(list.Name));
  return {};
};

const describe = ({ Name, Accepted, Remedy }, existing) =>
  `${Name} = '${existing.get(Name)}': expected '${Accepted[0]}', which is this deployment's; `
    + `${Remedy ? `${Remedy} ` : ''}delete the parameter`;

const create = async ({ Name, Type, Value, KeyId }) => {
  try {
    await ssm.send(new PutParameterCommand({ Name, Type, Value, KeyId, Overwrite: false }));
  } catch (error) {
    // created concurrently by someone else: their value is kept
    if (error.name !== 'ParameterAlreadyExists') {
      throw error;
    }
  }
};

const grow = async ({ Name, Clusters: clusters }, value) => {
  const enabled = entriesOf(value);
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
