// Copies the declarations of own exports from the assets of the deployment to their folder, and removes those that the
// deployment has no more. Nothing is removed when the resource is deleted: without the option, exports stay as they are.
import { CopyObjectCommand, DeleteObjectCommand, S3Client, paginateListObjectsV2 } from '@aws-sdk/client-s3';

const s3 = new S3Client({});

/** Properties: Bucket and Folder, without a slash at its end; Files, each with Name, and Bucket and Key of its asset. */
export const handler = async (event) => {
  if (event.RequestType === 'Delete') {
    return {};
  }
  const { Bucket, Folder, Files: files } = event.ResourceProperties;
  for (const file of files) {
    await s3.send(new CopyObjectCommand({
      Bucket,
      Key: `${Folder}/${file.Name}`,
      CopySource: `${file.Bucket}/${encodeURIComponent(file.Key)}`,
      MetadataDirective: 'REPLACE',
      ContentType: 'application/yaml',
    }));
  }
  // last, so that an export that has another file now is never without one
  const wanted = new Set(files.map(({ Name }) => `${Folder}/${Name}`));
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: `${Folder}/` })) {
    for (const { Key } of page.Contents ?? []) {
      if (!wanted.has(Key)) {
        await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      }
    }
  }
  return {};
};
