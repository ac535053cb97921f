package io.github.redshiftquerylogs.watermark;

class InMemoryExportStateTest extends ExportStateContract {

    private final ExportState state = new InMemoryExportState();

    @Override
    ExportState state() {
        return state;
    }
}
