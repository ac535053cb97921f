// Calls a handler as Lambda does: node invoke.mjs <index.mjs> <seconds left>, the event on standard input; the result
// goes to standard output, an error's text with code 1.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , file, seconds] = process.argv;
const end = Date.now() + Number(seconds) * 1000;
const { handler } = await import(pathToFileURL(file));
try {
  const context = { getRemainingTimeInMillis: () => end - Date.now() };
  console.log(JSON.stringify(await handler(JSON.parse(readFileSync(0, 'utf8')), context)));
} catch (error) {
  console.log(error.message);
  process.exit(1);
}
