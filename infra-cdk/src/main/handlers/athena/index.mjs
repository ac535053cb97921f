// Runs statements in Athena, one after the other, each to its end. They are written to be repeated: CREATE … IF NOT
// EXISTS, CREATE OR REPLACE. Nothing is dropped when the stack goes.
import {
  AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand, StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { setTimeout as pause } from 'node:timers/promises';

import { adviceOn } from './lake-formation.mjs';

const athena = new AthenaClient({ maxAttempts: 10 });

const POLL_MILLIS = Number(process.env.POLL_MILLIS ?? 500);
// time to stop a statement, and to say so
const RESERVE_MILLIS = 15_000;

/**
 * Properties: Workgroup; Statements, each with Name, Sql, and optional Database; and what an error of Lake Formation is
 * explained with: Role, which this runs as, Database, and LakeFormation, whether the stack makes its grants.
 */
export const handler = async (event, context) => {
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { Workgroup, Statements, Role, Database, LakeFormation } = event.ResourceProperties;
  const advice = (text) => adviceOn(text, { role: Role, database: Database, granted: LakeFormation === 'true' });
  for (const statement of Statements) {
    await run(Workgroup, statement, context, advice);
  }
  return {};
};

const run = async (WorkGroup, { Name, Sql, Database }, context, advice) => {
  let QueryExecutionId;
  try {
    ({ QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({
      WorkGroup,
      QueryString: Sql,
      QueryExecutionContext: Database ? { Database } : undefined,
    })));
  } catch (error) {
    throw new Error(`${Name} was refused: ${error.message}${advice(error.message)}`, { cause: error });
  }
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution.Status;
    if (State === 'SUCCEEDED') {
      return;
    }
    if (State === 'FAILED' || State === 'CANCELLED') {
      const reason = StateChangeReason ?? 'no reason given';
      throw new Error(`${Name} ${State.toLowerCase()}: ${reason}${advice(reason)}`);
    }
    if (context.getRemainingTimeInMillis() < RESERVE_MILLIS) {
      await athena.send(new StopQueryExecutionCommand({ QueryExecutionId }));
      throw new Error(`${Name} was still ${State.toLowerCase()} when the time was over, and was stopped`);
    }
    await pause(POLL_MILLIS);
  }
};
