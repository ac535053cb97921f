// Runs statements in Athena one after the other and waits for each. They can be repeated: CREATE … IF NOT EXISTS,
// CREATE OR REPLACE. A table that exists already is brought to the declared columns, before the views, which may read new
// ones. Nothing is dropped when the stack is deleted.
import {
  AthenaClient, GetQueryExecutionCommand, StartQueryExecutionCommand, StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { setTimeout as pause } from 'node:timers/promises';

import { changes, declared } from './columns.mjs';
import { adviceOn } from './lake-formation.mjs';

const athena = new AthenaClient({ maxAttempts: 10 });
const glue = new GlueClient({ maxAttempts: 10 });

const POLL_MILLIS = Number(process.env.POLL_MILLIS ?? 500);
// time needed to stop a statement and to report that
const RESERVE_MILLIS = 15_000;
// a job may change the same table at the same time
const ATTEMPTS = 5;

/**
 * Properties: Workgroup; Statements, each with Name, Sql, and optionally Database; and, to explain errors of Lake
 * Formation: Role: the role of this function; Database; LakeFormation: whether the stack makes Lake Formation grants.
 */
export const handler = async (event, context) => {
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { Workgroup, Statements, Role, Database, LakeFormation } = event.ResourceProperties;
  const advice = (text) => adviceOn(text, { role: Role, database: Database, granted: LakeFormation === 'true' });
  for (const statement of Statements) {
    await run(Workgroup, statement, context, advice);
    const table = declared(statement.Sql);
    if (table) {
      await adapt(table, (Name, Sql) => run(Workgroup, { ...statement, Name, Sql }, context, advice), statement.Name);
    }
  }
  return {};
};

/** Changes a table until it has its declared columns. Each change starts from what the table has then. */
const adapt = async (table, execute, name) => {
  const attempts = new Map();
  for (;;) {
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: table.database, Name: table.table }));
    const present = Table.StorageDescriptor?.Columns ?? [];
    if (present.length === 0) {
      console.warn(`${name}: the catalog shows no columns of ${table.table}, so it is not compared with them`);
      return;
    }
    const [sql] = changes(table, present);
    if (!sql) {
      return;
    }
    const attempt = (attempts.get(sql) ?? 0) + 1;
    attempts.set(sql, attempt);
    if (attempt > ATTEMPTS) {
      throw new Error(`${name}: ${sql} has no effect: expected a table that Athena can alter`);
    }
    try {
      await execute(`${name} (${sql})`, sql);
    } catch (error) {
      if (attempt === ATTEMPTS) {
        throw error;
      }
      await pause(POLL_MILLIS);
    }
  }
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
