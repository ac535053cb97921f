// Explains refusals of Lake Formation: which permission is missing, and what to do. Texts that are recognised within
// Athena's error messages:
//   Insufficient Lake Formation permission(s): Required Create Table on redshift_query_logs_db (Service: …)
//   Insufficient Lake Formation permission(s) on s3://bucket/lake/data/stl_query
//   … is not authorized to perform: lakeformation:GetDataAccess on resource: …
const REFUSED = /Insufficient Lake Formation permission\(s\)(?:: Required (?<permission>[\w ]+?))? on (?<resource>[^\s(),]+)/;
const NOT_ALLOWED = /not authorized to perform: (?<action>lakeformation:\w+)/;
const OTHER = /Lake ?Formation/i;

const OPTION = '-c lakeFormation=true';

/**
 * Advice that starts with a semicolon; empty if Lake Formation did not refuse. `granted`: whether the deployment makes
 * Lake Formation grants already.
 */
export const adviceOn = (text, { role, database, granted }) => {
  const whom = `${role} in the database ${database}`;
  const { permission, resource } = REFUSED.exec(text)?.groups ?? {};
  const action = NOT_ALLOWED.exec(text)?.groups.action;
  if (action) {
    return `; missing: IAM's ${action} for ${whom}; ${granted
      ? 'look for a boundary or a policy of the organization that denies it'
      : `deploy with ${OPTION}, which allows it, or allow it by hand`}`;
  }
  if (resource?.startsWith('s3://')) {
    // can be granted only for a registered location, and this deployment registers none
    return `; missing: DATA_LOCATION_ACCESS on ${resource} for ${whom}; the location is registered with Lake Formation: `
      + `let an administrator of it grant that by hand${granted ? '' : `, and deploy with ${OPTION}`}`;
  }
  if (permission === 'Create Database') {
    return `; missing: ${permission} on ${resource} for ${role}; `
      + `let an administrator of Lake Formation make the database ${database}, and deploy with ${OPTION}`;
  }
  if (resource) {
    return `; missing: ${permission ?? 'a permission'} on ${resource} for ${whom}; ${grant(granted)}`;
  }
  return OTHER.test(text) ? `; missing: a permission of Lake Formation for ${whom}; ${grant(granted)}` : '';
};

const grant = (granted) => (granted
  ? 'let an administrator of Lake Formation grant it by hand'
  : `deploy with ${OPTION}, which grants it, or let an administrator of Lake Formation grant it by hand`);
