import { beforeAll, describe, expect, it } from 'vitest';
import { compileJava, javaProblem, titledJava } from '../../../test/support/compile-java.ts';
import { type ClassFile, readClassFile } from './class-file.ts';

const SOURCE = `
import java.util.*;
abstract class Shop extends AbstractList<String> implements Runnable, Cloneable {
  static final long LONG = 5_000_000_000L;
  static final double DOUBLE = 0.1;
  Map<String, int[]>[] field;
  static native void outside();
  int guarded(Object lock, Integer[] numbers) {
    Comparator<String> order = String::compareTo;
    try {
      synchronized (lock) { return numbers.clone().length + (int) LONG + (int) DOUBLE; }
    } catch (IllegalStateException error) {
      return order.compare("a", "b");
    }
  }
  StackTraceElement unused(Thread thread) { return null; }
}
class \u{1d49c} {}
class \u{1d49e} {}
`;

describe.skipIf(javaProblem !== null)(titledJava('readClassFile'), () => {
  let files: ClassFile[];
  let shop: ClassFile;
  beforeAll(async () => {
    files = (await compileJava({ 'Shop.java': SOURCE })).map(({ bytes }) => readClassFile(bytes));
    shop = files.find(({ name }) => name === 'Shop') as ClassFile;
  });

  it('reads name, superclass and interfaces', () => {
    expect(shop.name).toBe('Shop');
    expect(shop.parents).toEqual(['java/util/AbstractList', 'java/lang/Runnable', 'java/lang/Cloneable']);
  });

  it('reads what is called, with the owner that the code names', () => {
    expect(shop.members).toContainEqual({
      owner: '[Ljava/lang/Integer;',
      name: 'clone',
      descriptor: '()Ljava/lang/Object;',
    });
  });

  it('reads what is only referred to, and what links calls', () => {
    const names = shop.members.map(({ owner, name }) => `${owner}.${name}`);
    expect(names).toContain('java/lang/String.compareTo');
    expect(names).toContain('java/lang/invoke/LambdaMetafactory.metafactory');
    expect(shop.descriptors).toContain('()Ljava/util/Comparator;');
  });

  it('reads the types of fields and methods, which nothing may ever use', () => {
    expect(shop.descriptors).toContain('[Ljava/util/Map;');
    expect(shop.descriptors).toContain('(Ljava/lang/Thread;)Ljava/lang/StackTraceElement;');
  });

  it('reads what is caught, and that anything is', () => {
    expect(new Set(shop.caught)).toEqual(new Set([null, 'java/lang/IllegalStateException']));
    expect(shop.classes).toContain('java/lang/IllegalStateException');
  });

  it('tells native methods', () => {
    expect(shop.methods.filter(({ isNative }) => isNative).map(({ name }) => name)).toEqual(['outside']);
  });

  it('keeps names apart that differ in rare letters only', () => {
    expect(new Set(files.map(({ name }) => name)).size).toBe(3);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('class Shop {}, and so on')],
    ['only a beginning', Buffer.from('cafebabe0000003d', 'hex')],
    ['a constant of an unknown kind', Buffer.from('cafebabe0000003d0002630001000000000000', 'hex')],
    ['a name that is no constant', Buffer.from('cafebabe0000003d00010000000700000000000000000000', 'hex')],
  ])('refuses %s', (_, bytes) => {
    expect(() => readClassFile(bytes)).toThrow(RangeError);
  });
});
