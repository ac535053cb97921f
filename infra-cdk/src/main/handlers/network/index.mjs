// Checks that jobs in the given subnets can reach the services that they call, by a route out of the VPC or by
// endpoints. A job's network interfaces have no public address, so a route to an internet gateway is not enough.
import {
  DescribeVpcAttributeCommand, EC2Client, paginateDescribeRouteTables, paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
} from '@aws-sdk/client-ec2';

const ec2 = new EC2Client({ maxAttempts: 10 });

/**
 * Properties: VpcId; SubnetIds; Services: those with interface endpoints, such as glue; GatewayServices: s3, dynamodb;
 * Create: whether the stack creates the endpoints, in which case no others may exist and the VPC must resolve names. Returns RouteTableIds, and
 * Subnets with their zones: subnet-1@eu-central-1a,subnet-2@eu-central-1b.
 */
export const handler = async (event) => {
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { VpcId, SubnetIds, Services, GatewayServices, Create } = event.ResourceProperties;
  const zones = await zonesOf(SubnetIds, VpcId);
  const Filters = [{ Name: 'vpc-id', Values: [VpcId] }];
  const tables = [];
  for await (const page of paginateDescribeRouteTables({ client: ec2 }, { Filters })) {
    tables.push(...(page.RouteTables ?? []));
  }
  const endpoints = [];
  for await (const page of paginateDescribeVpcEndpoints({ client: ec2 }, { Filters })) {
    endpoints.push(...(page.VpcEndpoints ?? []).filter(({ State }) => State?.toLowerCase() === 'available'));
  }
  const tableOf = new Map(SubnetIds.map((subnet) => [subnet, routeTable(subnet, tables)]));
  if (Create === 'true') {
    refuseOthers(VpcId, [...Services, ...GatewayServices], endpoints);
    await refuseWithoutDns(VpcId);
  } else {
    refuseUnreachable(tableOf, Services, GatewayServices, endpoints);
  }
  const ids = [...tableOf.values()].map(({ RouteTableId }) => RouteTableId);
  const Subnets = SubnetIds.map((subnet) => `${subnet}@${zones.get(subnet)}`).join(',');
  return { Data: { RouteTableIds: [...new Set(ids)], Subnets } };
};

const zonesOf = async (SubnetIds, VpcId) => {
  const zones = new Map();
  const elsewhere = new Map();
  // a filter omits an unknown subnet, where SubnetIds would fail
  const Filters = [{ Name: 'subnet-id', Values: SubnetIds }];
  for await (const page of paginateDescribeSubnets({ client: ec2 }, { Filters })) {
    for (const subnet of page.Subnets ?? []) {
      if (subnet.VpcId === VpcId) {
        zones.set(subnet.SubnetId, subnet.AvailabilityZone);
      } else {
        elsewhere.set(subnet.SubnetId, subnet.VpcId);
      }
    }
  }
  const problems = SubnetIds.filter((subnet) => !zones.has(subnet)).map((subnet) =>
    (elsewhere.has(subnet) ? `${subnet} is in ${elsewhere.get(subnet)}` : `${subnet} does not exist`));
  if (problems.length > 0) {
    throw new Error(`${problems.join('; ')}: expected subnets of ${VpcId}, which -c vpc names`);
  }
  return zones;
};

// a subnet without a route table of its own uses the VPC's main one
const routeTable = (subnet, tables) => {
  const associated = (test) => tables.find((table) => (table.Associations ?? []).some(test));
  const table = associated(({ SubnetId }) => SubnetId === subnet) ?? associated(({ Main }) => Main);
  if (!table) {
    throw new Error(`subnet ${subnet}: the VPC has no route table for it`);
  }
  return table;
};

const leadsOut = ({ Routes }) => (Routes ?? []).some((route) =>
  route.DestinationCidrBlock === '0.0.0.0/0' && route.State === 'active' && !route.GatewayId?.startsWith('igw-'));

const isFor = (service) => ({ ServiceName }) => ServiceName.endsWith(`.${service}`);

const refuseUnreachable = (tableOf, Services, GatewayServices, endpoints) => {
  const problems = [];
  for (const [subnet, table] of tableOf) {
    if (leadsOut(table)) {
      continue;
    }
    const byInterface = (service) => endpoints.some(
      (endpoint) => endpoint.VpcEndpointType === 'Interface' && endpoint.PrivateDnsEnabled && isFor(service)(endpoint));
    const byGateway = (service) => endpoints.some((endpoint) =>
      isFor(service)(endpoint) && (endpoint.RouteTableIds ?? []).includes(table.RouteTableId));
    const missing = [
      ...GatewayServices.filter((service) => !byGateway(service)),
      ...Services.filter((service) => !byInterface(service)),
    ];
    if (missing.length > 0) {
      problems.push(`${subnet} cannot reach ${missing.join(', ')}`);
    }
  }
  if (problems.length > 0) {
    throw new Error(`${problems.join('; ')}: expected a route to a NAT gateway, or endpoints of the VPC `
      + '(-c endpoints=create creates them)');
  }
};

// private DNS of an endpoint needs both
const refuseWithoutDns = async (VpcId) => {
  const support = await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' }));
  const hostnames = await ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }));
  const off = [
    ...(support.EnableDnsSupport?.Value ? [] : ['enableDnsSupport']),
    ...(hostnames.EnableDnsHostnames?.Value ? [] : ['enableDnsHostnames']),
  ];
  if (off.length > 0) {
    throw new Error(`${VpcId} has ${off.join(' and ')} off: expected on, as private names of endpoints need them. `
      + off.map((name) => `aws ec2 modify-vpc-attribute --vpc-id ${VpcId} `
        + `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} '{"Value":true}'`).join('; '));
  }
};

const refuseOthers = (VpcId, services, endpoints) => {
  const foreign = endpoints.filter((endpoint) =>
    services.some((service) => isFor(service)(endpoint))
      && !(endpoint.Tags ?? []).some(({ Key, Value }) => Key === 'project' && Value === 'redshift-query-logs'));
  if (foreign.length > 0) {
    throw new Error(`${VpcId} already has ${foreign.map(({ VpcEndpointId }) => VpcEndpointId).join(', ')}: `
      + 'endpoints=create creates all or none; deploy without it to see which are missing');
  }
};
