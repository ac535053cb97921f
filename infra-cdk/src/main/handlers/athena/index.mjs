// Runs statements in Athena, one after the other, each to its end. They are written to be repeated: CREATE … IF NOT
// EXISTS, CREATE OR REPLACE. Nothing is dropped when the stack goes.
import {
  AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand, StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { setTimeout as pause } from 'node:timers/promises';

const athena = new AthenaClient({ maxAttempts: 10 });

const POLL_MILLIS = Number(process.env.POLL_MILLIS ?? 500);
// time to stop a statement, and to say so
const RESERVE_MILLIS = 15_000;

/** Properties: Workgroup; Statements, each with Name, Sql, and optional Database. */
export const handler = async (event, context) => {
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { Workgroup, Statements } = event.ResourceProperties;
  for (const statement of Statements) {
    await run(Workgroup, statement, context);
  }
  return {};
};

const run = async (WorkGroup, { Name, Sql, Database }, context) => {
  let QueryExecutionId;
  try {
    ({ QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({
      WorkGroup,
      QueryString: Sql,
      QueryExecutionContext: Database ? { Database } : undefined,
    })));
  } catch (error) {
    throw new Error(`${Name} was refused: ${error.message}`, { cause: error });
  }
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution.Status;
    if (State === 'SUCCEEDED') {
      return;
    }
    if (State === 'FAILED' || State === 'CANCELLED') {
      throw new Error(`${Name} ${State.toLowerCase()}: ${StateChangeReason ?? 'no reason given'}`);
    }
    if (context.getRemainingTimeInMillis() < RESERVE_MILLIS) {
      await athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
      throw new Error(`${Name} was still ${State.toLowerCase()} when the time was over, and was stopped`);
    }
    await pause(POLL_MILLIS);
  }
};
