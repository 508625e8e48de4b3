package org.habeas.faults;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StringReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.habeas.demo.Ports;

/**
 * Holds a portal still at the n-th pass of one of its named points, so that it can be killed exactly there. Works through
 * the debugger's interface: the portal itself knows nothing of it.
 */
final class Breakpoint {
    private static final String POINTS = "org.habeas.fulfilment.Points";

    private final VirtualMachine machine;
    private final String point;
    private final CountDownLatch reached = new CountDownLatch(1);
    private int left;

    private Breakpoint(VirtualMachine machine, String point, int pass) {
        this.machine = machine;
        this.point = point;
        this.left = pass;
    }

    /** What the portal's JVM is started with. */
    static String option(int port) {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:" + port;
    }

    static int freePort() {
        try {
            return Ports.free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Breakpoint at(int port, String point, int pass) {
        Breakpoint breakpoint = new Breakpoint(attach(port), point, pass);
        breakpoint.watch();
        return breakpoint;
    }

    /** Whether it was reached in so many milliseconds; from then on nothing moves. */
    boolean reached(long millis) {
        try {
            return reached.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VirtualMachine attach(int port) {
        AttachingConnector sockets = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(c -> c.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(String.valueOf(port));
        for (int i = 0; ; i++) {
            try {
                return sockets.attach(arguments);
            } catch (IOException | com.sun.jdi.connect.IllegalConnectorArgumentsException e) {
                if (i == 400) {
                    throw new IllegalStateException("the portal cannot be watched", e);
                }
                Portals.pause();
            }
        }
    }

    /** Lets the portal go on, and looks at it no longer. */
    void release() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException e) {
            // killed
        }
    }

    private void watch() {
        var prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(POINTS);
        prepared.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        prepared.enable();
        machine.classesByName(POINTS).forEach(this::stopIn);
        Thread thread = new Thread(this::events, "breakpoint");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void stopIn(ReferenceType points) {
        if (!machine.eventRequestManager().breakpointRequests().isEmpty()) {
            return;
        }
        var request = machine.eventRequestManager()
                .createBreakpointRequest(points.methodsByName("pass").get(0).location());
        request.setSuspendPolicy(EventRequest.SUSPEND_ALL);
        request.enable();
    }

    private void events() {
        try {
            while (true) {
                EventSet set = machine.eventQueue().remove();
                for (Event event : set) {
                    if (event instanceof VMDisconnectEvent) {
                        return;
                    }
                    if (event instanceof ClassPrepareEvent prepared) {
                        stopIn(prepared.referenceType());
                    }
                    if (event instanceof BreakpointEvent hit && isIt(hit) && --left == 0) {
                        reached.countDown();
                        return;
                    }
                }
                set.resume();
            }
        } catch (VMDisconnectedException | InterruptedException e) {
            // killed meanwhile
        } catch (com.sun.jdi.IncompatibleThreadStateException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isIt(BreakpointEvent hit) throws com.sun.jdi.IncompatibleThreadStateException {
        ObjectReference passed =
                (ObjectReference) hit.thread().frame(0).getArgumentValues().get(0);
        var name = passed.getValue(passed.referenceType().fieldByName("name"));
        return name instanceof StringReference text && text.value().equals(point);
    }
}
