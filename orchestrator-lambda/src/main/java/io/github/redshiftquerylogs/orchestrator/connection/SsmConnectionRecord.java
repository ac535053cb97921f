package io.github.redshiftquerylogs.orchestrator.connection;

import io.github.redshiftquerylogs.orchestrator.call.CallFailedException;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Kind;
import io.github.redshiftquerylogs.orchestrator.call.CallFailure.Operation;
import io.github.redshiftquerylogs.orchestrator.call.SdkCalls;
import io.github.redshiftquerylogs.settings.ClusterName;
import io.github.redshiftquerylogs.settings.ParameterNames;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The parameter in Parameter Store, by the SDK. Never overwrites. */
public final class SsmConnectionRecord implements ConnectionRecord {

    private final SsmClient ssm;

    /** @param ssm may repeat requests by itself: what a repeated one finds is what the first one has recorded */
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
