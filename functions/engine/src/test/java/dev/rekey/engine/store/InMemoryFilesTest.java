package dev.rekey.engine.store;

final class InMemoryFilesTest extends FilesContract {
    private final InMemoryObjects objects = new InMemoryObjects();

    @Override
    protected Files files() {
        return new InMemoryFiles(bucket(), objects);
    }

    @Override
    protected String bucket() {
        return "files";
    }

    @Override
    protected Objects objects() {
        return objects;
    }
}
