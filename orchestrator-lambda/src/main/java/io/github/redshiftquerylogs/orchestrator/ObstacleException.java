package io.github.redshiftquerylogs.orchestrator;

/** No connection can be made for a cluster. */
final class ObstacleException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Obstacle obstacle;

    ObstacleException(Obstacle obstacle) {
        super(obstacle.text());
        this.obstacle = obstacle;
    }

    Obstacle obstacle() {
        return obstacle;
    }
}
