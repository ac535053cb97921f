// Removes the Glue jobs that the Lambda made, when the stack goes. The schedule has gone before; a tick that
// was on its way may still make one again, which costs nothing.
import { DeleteJobCommand, GlueClient, paginateGetJobs } from '@aws-sdk/client-glue';

const glue = new GlueClient({ maxAttempts: 10 });

/** Properties: StateTable, the table that jobs of this deployment, and of no other, have among their arguments. */
export const handler = async (event) => {
  if (event.RequestType !== 'Delete') {
    return {};
  }
  const { StateTable } = event.ResourceProperties;
  if (!StateTable) {
    throw new Error('StateTable = (missing): expected the table of this deployment; no job was removed');
  }
  const names = [];
  for await (const { Jobs } of paginateGetJobs({ client: glue }, {})) {
    names.push(...Jobs.filter((job) => job.DefaultArguments?.['--state_table'] === StateTable).map(({ Name }) => Name));
  }
  for (const JobName of names) {
    await glue.send(new DeleteJobCommand({ JobName }));
  }
  return {};
};
