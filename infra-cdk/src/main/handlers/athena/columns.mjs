// Brings the tables of an earlier release to the columns that their CREATE TABLE statements declare. An Iceberg table gains
// columns and widens int to bigint without a rewrite:
// https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-evolving-table-schema.html

// CREATE TABLE IF NOT EXISTS db.t (
//   `a` int,
const CREATE = /^CREATE TABLE IF NOT EXISTS (?<database>\w+)\.(?<table>\w+) \(\n(?<columns>(?:  `[^`]+` \w+(?:<\w+,\w+>)?,?\n)+)\)/;
const COLUMN = /^ {2}`(?<name>[^`]+)` (?<type>\w+(?:<\w+,\w+>)?),?$/;
// types that become another one; all others stay as they are
const WIDENED = { int: 'bigint', integer: 'bigint', float: 'double' };

/** What a statement declares: database, table and columns with name and type; undefined if it creates no table. */
export const declared = (sql) => {
  const found = CREATE.exec(sql)?.groups;
  return found && {
    database: found.database,
    table: found.table,
    columns: found.columns.trimEnd().split('\n').map((line) => ({ ...COLUMN.exec(line).groups })),
  };
};

/**
 * The statements that bring a table to its declared columns; none if it has them.
 *
 * @param present the table's columns as Glue's GetTable gives them: columns that the table had once are among them
 */
export const changes = ({ database, table, columns }, present) => {
  const types = new Map(present
    .filter(({ Parameters }) => Parameters?.['iceberg.field.current'] !== 'false')
    .map(({ Name, Type }) => [Name.toLowerCase(), Type.toLowerCase()]));
  const missing = columns.filter(({ name }) => !types.has(name));
  const narrow = columns.filter(({ name, type }) => type !== types.get(name) && type === WIDENED[types.get(name)]);
  const added = missing.length > 0
    ? [`ALTER TABLE ${database}.${table} ADD COLUMNS (${missing.map(({ name, type }) => `\`${name}\` ${type}`).join(', ')})`]
    : [];
  return [
    ...added,
    ...narrow.map(({ name, type }) => `ALTER TABLE ${database}.${table} CHANGE COLUMN \`${name}\` \`${name}\` ${type}`),
  ];
};
