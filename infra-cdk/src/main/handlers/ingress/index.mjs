// Adds security group rules that admit the jobs' security group at the clusters, on their port. The rules have a tag;
// when the stack is deleted, only rules with this tag are removed.
import {
  AuthorizeSecurityGroupIngressCommand, EC2Client, paginateDescribeSecurityGroupRules, RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { paginateDescribeClusters, RedshiftClient } from '@aws-sdk/client-redshift';
import { SSMClient } from '@aws-sdk/client-ssm';

import { entriesOf, readParameters } from '../parameter-store.mjs';

const ec2 = new EC2Client({ maxAttempts: 10 });
const redshift = new RedshiftClient({ maxAttempts: 10 });
const ssm = new SSMClient({ maxAttempts: 10, retryMode: 'adaptive' });

// legal in Parameter Store; a listed name with other characters has no parameter
const LEGAL_NAME = /^[\w.-]+$/;
// a custom resource may return at most 4 kB
const LONGEST_TEXT = 1000;

/**
 * Properties: SourceGroup: the jobs' security group; VpcId: its VPC; Tag: Key and Value of the tag of our rules;
 * Clusters: names of clusters; List: name of the parameter that lists further clusters; ConnectionParameter: name of
 * the parameter with a cluster's connection, with * for the cluster; DataApi: prefix of the connections that need no
 * rule. Other properties are ignored. Returns NotLetIn: the clusters without a rule, each with the reason.
 *
 * A cluster for which no rule can be added does not fail the deployment; its runs fail. An update removes no rules:
 * those of a cluster that left the list stay.
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
  const listed = await readParameters(ssm, [properties.List]);
  const names = [...new Set([...(properties.Clusters ?? []), ...entriesOf(listed.get(properties.List))])];
  const connection = (name) => properties.ConnectionParameter.replace('*', name);
  const connections = await readParameters(ssm, names.filter((name) => LEGAL_NAME.test(name)).map(connection));
  const byJdbc = names.filter((name) => !connections.get(connection(name))?.trim().startsWith(properties.DataApi));
  const clusters = await describeClusters();
  const problems = [];
  for (const name of byJdbc) {
    const problem = await letIn(clusters.get(name), properties).catch((error) => error.message);
    if (problem) {
      console.warn(`no rule for ${SourceGroup} at ${name}: ${problem}`);
      problems.push(`${name}: ${problem}`);
    }
  }
  // the group is the resource's id: if it changes, CloudFormation deletes the old resource and with it the old rules
  return { PhysicalResourceId: SourceGroup, Data: { NotLetIn: shortened(problems.join('; ')) || 'none' } };
};

const shortened = (text) => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… (all are in the log)` : text);

const describeClusters = async () => {
  const clusters = new Map();
  for await (const { Clusters } of paginateDescribeClusters({ client: redshift }, {})) {
    (Clusters ?? []).forEach((cluster) => clusters.set(cluster.ClusterIdentifier, cluster));
  }
  return clusters;
};

/** Adds a rule unless one exists. Returns the reason if none can be added, else undefined. */
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
    // rules of all groups apply, so one group is enough: the first by id, to choose the same one each time
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
    // added concurrently by someone else
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
      // removed meanwhile, perhaps together with its group
      if (!error.name.endsWith('.NotFound')) {
        throw error;
      }
    }
  }
};
