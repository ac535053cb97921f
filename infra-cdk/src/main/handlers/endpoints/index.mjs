// Admits a VPC at the security group of its interface endpoints. An endpoint with private DNS takes over the service's
// name for the whole VPC, so everybody there has to reach it. The VPC's blocks are known only here.
import { AuthorizeSecurityGroupIngressCommand, EC2Client, paginateDescribeVpcs } from '@aws-sdk/client-ec2';

const ec2 = new EC2Client({ maxAttempts: 10 });

/** Properties: VpcId; GroupId: the endpoints' security group, which the stack owns: its rules go with it. */
export const handler = async (event) => {
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { VpcId, GroupId } = event.ResourceProperties;
  const blocks = [];
  // a filter omits an unknown VPC, where VpcIds would fail
  for await (const { Vpcs } of paginateDescribeVpcs({ client: ec2 }, { Filters: [{ Name: 'vpc-id', Values: [VpcId] }] })) {
    blocks.push(...(Vpcs ?? []).flatMap(({ CidrBlockAssociationSet }) => CidrBlockAssociationSet ?? [])
      .filter(({ CidrBlockState }) => CidrBlockState?.State === 'associated')
      .map(({ CidrBlock }) => CidrBlock));
  }
  if (blocks.length === 0) {
    throw new Error(`${VpcId} has no IPv4 block: expected a VPC of this account, or one shared with it`);
  }
  for (const block of blocks) {
    await admit(GroupId, block);
  }
  return { Data: { Blocks: blocks.join(',') } };
};

const admit = async (GroupId, CidrIp) => {
  try {
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [{
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp, Description: 'Everybody in the VPC' }],
      }],
    }));
  } catch (error) {
    if (error.name !== 'InvalidPermission.Duplicate') {
      throw error;
    }
  }
};
