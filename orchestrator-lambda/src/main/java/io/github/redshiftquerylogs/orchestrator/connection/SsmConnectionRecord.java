package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.call.SdkCalls;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** {@link ConnectionRecord} in Parameter Store. */
public final class SsmConnectionRecord implements ConnectionRecord {

    private final SsmClient ssm;

    /** @param ssm may retry: a repeated request finds what the first one has recorded */
    public SsmConnectionRecord(SsmClient ssm) {
        this.ssm = ssm;
    }

    @Override
    public boolean record(ClusterName cluster, String connection) throws CallFailedException {
        try {
            SdkCalls.make(
                    Operation.RECORD_CONNECTION,
                    () -> ssm.putParameter(request -> request.name(ParameterNames.connection(cluster))
                            .type(ParameterType.STRING)
                            .value(connection)
                            .description("Glue connection that the orchestrator of redshift-query-logs made")
                            .overwrite(false)));
            return true;
        } catch (CallFailedException e) {
            if (e.failure().kind() == Kind.EXISTS) {
                return false;
            }
            throw e;
        }
    }
}
