import { GetParametersCommand } from '@aws-sdk/client-ssm';

const NAMES_PER_CALL = 10;

/** Values of the parameters that exist, by name; SecureString values are not decrypted. */
export const readParameters = async (ssm, names) => {
  const values = new Map();
  for (let first = 0; first < names.length; first += NAMES_PER_CALL) {
    const Names = names.slice(first, first + NAMES_PER_CALL);
    const { Parameters } = await ssm.send(new GetParametersCommand({ Names }));
    Parameters.forEach(({ Name, Value }) => values.set(Name, Value));
  }
  return values;
};

/** Entries of a StringList value; none if the parameter does not exist. */
export const entriesOf = (value) => (value ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
