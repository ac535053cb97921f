// Calls handlers as Lambda does. Each line of standard input is a JSON object: file of the handler, event, seconds
// left, environment variables. Each line of standard output is a JSON object with the result, or with the error's text.
// The handler's module is loaded anew for each call, so that its clients see the variables; the SDK stays loaded.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

// standard output is for results
console.log = console.error;

let calls = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const { file, event, seconds, variables } = JSON.parse(line);
  const end = Date.now() + seconds * 1000;
  const before = { ...process.env };
  Object.assign(process.env, variables);
  let answer;
  try {
    const { handler } = await import(`${pathToFileURL(file)}?call=${calls++}`);
    answer = { result: await handler(event, { getRemainingTimeInMillis: () => end - Date.now() }) };
  } catch (error) {
    answer = { error: error.message };
  }
  Object.keys(variables).forEach((name) => delete process.env[name]);
  Object.assign(process.env, before);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
