// Deletes the Glue jobs that the Lambda created, when the stack is deleted. The schedule was deleted before; a tick
// that is still running may create a job again, which costs nothing.
import { DeleteJobCommand, GlueClient, paginateGetJobs } from '@aws-sdk/client-glue';

const glue = new GlueClient({ maxAttempts: 10 });

/** Properties: StateTable: the state table of this deployment; jobs with another one among their arguments are kept. */
export const handler = async (event) => {
  if (event.RequestType !== 'Delete') {
    return {};
  }
  const { StateTable } = event.ResourceProperties;
  if (!StateTable) {
    throw new Error('StateTable = (missing): expected the state table of this deployment; no job was deleted');
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
