// Lets the jobs' security group in at the clusters, on their port. What it made is marked with a tag, and only that is
// taken back when the stack goes.
import {
  AuthorizeSecurityGroupIngressCommand, EC2Client, paginateDescribeSecurityGroupRules, RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { paginateDescribeClusters, RedshiftClient } from '@aws-sdk/client-redshift';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';

const ec2 = new EC2Client({ maxAttempts: 10 });
const redshift = new RedshiftClient({ maxAttempts: 10 });
const ssm = new SSMClient({ maxAttempts: 10, retryMode: 'adaptive' });

const NAMES_PER_CALL = 10;
// of Parameter Store; an entry of the list with others has no parameter
const LEGAL_NAME = /^[\w.-]+$/;
// a custom resource may return 4 kB
const LONGEST_TEXT = 1000;

/**
 * Properties: SourceGroup, the jobs' security group; VpcId, where it is; Tag of our rules, with Key and Value; Clusters,
 * names; List, the parameter that has more of them; ConnectionParameter, the one that says how a cluster is reached, with
 * * for its name; DataApi, how it begins for clusters that need no rule. Others do not count. Returns NotLetIn: clusters
 * without a rule, each with the reason.
 *
 * One cluster without a rule stops no other one and no deployment: it is named, and its runs fail. An update takes no
 * rule away: what was made for a cluster stays when it leaves the list.
 */
export const handler = async ({ RequestType, ResourceProperties: properties }) => {
  const { SourceGroup, Tag } = properties;
  if (!SourceGroup || !Tag) {
    throw new Error('SourceGroup or Tag = (missing): expected both; no rule was touched');
  }
  if (RequestType === 'Delete') {
    await revoke(SourceGroup, Tag);
    return {};
  }
  const listed = await parameters([properties.List]);
  const names = [...new Set([...(properties.Clusters ?? []), ...entries(listed.get(properties.List))])];
  const connection = (name) => properties.ConnectionParameter.replace('*', name);
  const connections = await parameters(names.filter((name) => LEGAL_NAME.test(name)).map(connection));
  const byJdbc = names.filter((name) => !connections.get(connection(name))?.trim().startsWith(properties.DataApi));
  const clusters = await describeClusters();
  const problems = [];
  for (const name of byJdbc) {
    const problem = await letIn(clusters.get(name), properties).catch((error) => error.message);
    if (problem) {
      console.warn(`${SourceGroup} is not let in at ${name}: ${problem}`);
      problems.push(`${name}: ${problem}`);
    }
  }
  // another group is another resource: what the old one had is taken back
  return { PhysicalResourceId: SourceGroup, Data: { NotLetIn: shortened(problems.join('; ')) || 'none' } };
};

const entries = (value) => (value ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');

const shortened = (text) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… (all are in the log)` : text);

const parameters = async (names) => {
  const values = new Map();
  for (let first = 0; first < names.length; first += NAMES_PER_CALL) {
    const Names = names.slice(first, first + NAMES_PER_CALL);
    const { Parameters } = await ssm.send(new GetParametersCommand({ Names }));
    Parameters.forEach(({ Name, Value }) => values.set(Name, Value));
  }
  return values;
};

const describeClusters = async () => {
  const clusters = new Map();
  for await (const { Clusters } of paginateDescribeClusters({ client: redshift }, {})) {
    (Clusters ?? []).forEach((cluster) => clusters.set(cluster.ClusterIdentifier, cluster));
  }
  return clusters;
};

/** Returns why there is no rule; nothing if there is one. */
const letIn = async (cluster, { VpcId, SourceGroup, Tag }) => {
  if (!cluster) {
    return 'no provisioned cluster of this name in this account and Region';
  }
  if (cluster.VpcId !== VpcId) {
    return `it is in ${cluster.VpcId ?? 'no VPC'}, not in ${VpcId}`;
  }
  const port = cluster.Endpoint?.Port;
  if (!port) {
    return `it is ${cluster.ClusterStatus} and has no endpoint yet; deploy again when it has`;
  }
  const groups = (cluster.VpcSecurityGroups ?? [])
    .filter(({ Status }) => Status === 'active').map(({ VpcSecurityGroupId }) => VpcSecurityGroupId).sort();
  if (groups.length === 0) {
    return 'it has no active security group';
  }
  const present = await rules([{ Name: 'group-id', Values: groups }]);
  if (!present.some((rule) => isFrom(SourceGroup)(rule) && covers(rule, port))) {
    // the rules of all its groups add up, so one group is enough: the first by id, which is the same one each time
    await authorize(groups[0], port, SourceGroup, Tag);
  }
  return undefined;
};

const rules = async (Filters) => {
  const found = [];
  for await (const page of paginateDescribeSecurityGroupRules({ client: ec2, pageSize: 1000 }, { Filters })) {
    found.push(...(page.SecurityGroupRules ?? []));
  }
  return found;
};

const isFrom = (group) => ({ IsEgress, ReferencedGroupInfo }) => !IsEgress && ReferencedGroupInfo?.GroupId === group;

const covers = ({ IpProtocol, FromPort, ToPort }, port) =>
  IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && port <= ToPort);

const authorize = async (GroupId, port, source, tag) => {
  try {
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{
        IpProtocol: 'tcp',
        FromPort: port,
        ToPort: port,
        UserIdGroupPairs: [{ GroupId: source, Description: 'Export jobs of redshift-query-logs' }],
      }],
      TagSpecifications: [{ ResourceType: 'security-group-rule', Tags: [tag] }],
    }));
  } catch (error) {
    // somebody else was faster
    if (error.name !== 'InvalidPermission.Duplicate') {
      throw error;
    }
  }
};

const revoke = async (source, { Key, Value }) => {
  const ours = (await rules([{ Name: `tag:${Key}`, Values: [Value] }])).filter(isFrom(source));
  for (const { GroupId, SecurityGroupRuleId } of ours) {
    try {
      await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: [SecurityGroupRuleId] }));
    } catch (error) {
      // gone meanwhile, with its group perhaps
      if (!error.name.endsWith('.NotFound')) {
        throw error;
      }
    }
  }
};
