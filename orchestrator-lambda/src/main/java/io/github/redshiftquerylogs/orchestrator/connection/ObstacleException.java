package io.github.redshiftquerylogs.orchestrator.connection;

/** No connection can be made for a cluster. */
public final class ObstacleException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Obstacle obstacle;

    ObstacleException(Obstacle obstacle) {
        super(obstacle.text());
        this.obstacle = obstacle;
    }

    public Obstacle obstacle() {
        return obstacle;
    }
}
