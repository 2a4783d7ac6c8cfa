/** Where compiled classes and copied resources lie: Maven, Gradle, IntelliJ, Eclipse. */
const CLASS_FOLDER =
  /^(?:.*?\/)?(?:target\/(?:test-)?classes|build\/classes\/[^/]+\/[^/]+|build\/resources\/[^/]+|out\/(?:production|test)\/[^/]+|bin)(?=\/)/;

const RESOURCE_FOLDER = /^(?:.*?\/)?src\/(?:main|test)\/resources(?=\/)/;

const SOURCE_FOLDER = /^(?:.*?\/)?src\/(?:main|test)\/java(?=\/)/;

const JAR = /\.jar$/i;

/** Jars that hold no classes for programs. */
const OTHER_JAR = /(?:-(?:sources|javadoc)|(?:^|\/)(?:gradle|maven)-wrapper)\.jar$/i;

/**
 * Class path and source path of a project, from the paths of its files: folders of compiled classes, then resources, then all
 * jars, each group in the order of their names.
 *
 * @param files from the project's folder, `/` between folders
 */
export function javaProjectPaths(files: readonly string[]): {
  readonly classPath: string[];
  readonly sourcePath: string[];
} {
  const foldersOf = (pattern: RegExp, names: readonly string[]) =>
    distinct(names.flatMap((name) => pattern.exec(name)?.[0] ?? []));
  const classFiles = files.filter((name) => !name.endsWith('.java'));
  return {
    classPath: [
      ...foldersOf(CLASS_FOLDER, classFiles),
      ...foldersOf(RESOURCE_FOLDER, classFiles),
      ...distinct(files.filter((name) => JAR.test(name) && !OTHER_JAR.test(name))),
    ],
    sourcePath: foldersOf(
      SOURCE_FOLDER,
      files.filter((name) => name.endsWith('.java')),
    ),
  };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
