package codejury;

import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import sun.misc.Unsafe;

/** What Java offers no method for. Opening its modules to the runner instead would slow down every start. */
final class Internals {
    private static final Unsafe UNSAFE = unsafe();

    private Internals() {}

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException error) {
            throw new IllegalStateException(error);
        }
    }

    static FileDescriptor descriptor(int number) {
        try {
            FileDescriptor descriptor = new FileDescriptor();
            UNSAFE.putInt(descriptor, UNSAFE.objectFieldOffset(FileDescriptor.class.getDeclaredField("fd")), number);
            return descriptor;
        } catch (ReflectiveOperationException error) {
            throw new IllegalStateException(error);
        }
    }

    /**
     * Makes the order of `Set.of` and `Map.of`, which every virtual machine draws at its start, a function of the seed. Must
     * come before the first look into such a collection is compiled.
     */
    static void setSalt(long seed) {
        try {
            Class<?> owner = Class.forName("java.util.ImmutableCollections");
            long mixed = mix(seed);
            Field salt = owner.getDeclaredField("SALT32L");
            Field reverse = owner.getDeclaredField("REVERSE");
            UNSAFE.putLong(UNSAFE.staticFieldBase(salt), UNSAFE.staticFieldOffset(salt), mixed & 0xFFFF_FFFFL);
            UNSAFE.putBoolean(UNSAFE.staticFieldBase(reverse), UNSAFE.staticFieldOffset(reverse), mixed < 0);
        } catch (ReflectiveOperationException error) {
            throw new IllegalStateException(error);
        }
    }

    /** Makes `Math.random` and `Collections.shuffle` functions of the seed, from now on. `new Random()` looks at the clock. */
    static void setChance(long seed) {
        if (state("java.lang.Math$RandomNumberGeneratorHolder", "randomNumberGenerator") instanceof Random random) {
            random.setSeed(mix(seed));
        }
        // The first shuffle makes the generator of all.
        Collections.shuffle(new ArrayList<>());
        if (state("java.util.Collections", "r") instanceof Random random) {
            random.setSeed(mix(seed + 1));
        }
    }

    /** What a static field of a class of Java holds; null where this version of Java has none of that name. */
    private static Object state(String owner, String name) {
        try {
            Field field = Class.forName(owner).getDeclaredField(name);
            return UNSAFE.getObject(UNSAFE.staticFieldBase(field), UNSAFE.staticFieldOffset(field));
        } catch (ReflectiveOperationException error) {
            return null;
        }
    }

    /** Neighbouring seeds give unrelated salts (the finalizer of SplitMix64). */
    private static long mix(long seed) {
        long mixed = seed + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
