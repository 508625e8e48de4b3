package org.habeas.limit;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.proxy.AsyncCommandExecutor;
import io.github.bucket4j.distributed.proxy.CommandExecutor;
import io.github.bucket4j.distributed.proxy.optimization.Optimization;
import io.github.bucket4j.distributed.proxy.optimization.OptimizationListener;
import io.github.bucket4j.distributed.remote.CommandResult;
import io.github.bucket4j.distributed.remote.RemoteCommand;
import io.github.bucket4j.distributed.remote.commands.CreateInitialStateAndExecuteCommand;

/**
 * Says with every command how a bucket is to be begun that is not there. Bucket4j asks without that first, and once more with
 * it: most of ours, a mailbox's or a network's, are new.
 */
record BegunAtOnce(BucketConfiguration configuration) implements Optimization {
    @Override
    public CommandExecutor apply(CommandExecutor executor) {
        return new CommandExecutor() {
            @Override
            public <T> CommandResult<T> execute(RemoteCommand<T> command) {
                return executor.execute(new CreateInitialStateAndExecuteCommand<>(configuration, command));
            }
        };
    }

    @Override
    public AsyncCommandExecutor apply(AsyncCommandExecutor executor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optimization withListener(OptimizationListener listener) {
        return this;
    }
}
