import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveHome } from './home.ts';

describe('resolveHome', () => {
  it('lets CODEJURY_HOME win over everything', () => {
    const home = resolveHome(
      { CODEJURY_HOME: '/data/cj', XDG_CACHE_HOME: '/xdg', HOME: '/home/ada' },
      'linux',
    );
    expect(home).toEqual({
      cacheDir: '/data/cj',
      modelsDir: '/data/cj/models',
      resultsPath: '/data/cj/results.sqlite',
    });
  });

  it('follows the convention of each platform', () => {
    expect(resolveHome({ HOME: '/home/ada', XDG_CACHE_HOME: '/xdg' }, 'linux').cacheDir).toBe(
      '/xdg/codejury',
    );
    expect(resolveHome({ HOME: '/home/ada' }, 'linux').cacheDir).toBe('/home/ada/.cache/codejury');
    expect(resolveHome({ HOME: '/Users/ada' }, 'darwin').cacheDir).toBe('/Users/ada/Library/Caches/codejury');
    expect(resolveHome({ LOCALAPPDATA: '/c/Local' }, 'win32').cacheDir).toBe(
      path.join('/c/Local', 'codejury', 'Cache'),
    );
    expect(resolveHome({ USERPROFILE: '/c/Users/ada' }, 'win32').cacheDir).toBe(
      path.join('/c/Users/ada', 'AppData', 'Local', 'codejury', 'Cache'),
    );
  });

  it('moves only the models with CODEJURY_MODELS', () => {
    const home = resolveHome({ CODEJURY_HOME: '/data/cj', CODEJURY_MODELS: '/big/models' }, 'linux');
    expect(home.modelsDir).toBe('/big/models');
    expect(home.resultsPath).toBe('/data/cj/results.sqlite');
  });

  it('takes empty for unset and ignores a relative XDG_CACHE_HOME', () => {
    expect(
      resolveHome({ CODEJURY_HOME: ' ', XDG_CACHE_HOME: 'cache', HOME: '/home/ada' }, 'linux').cacheDir,
    ).toBe('/home/ada/.cache/codejury');
  });

  it('makes a relative CODEJURY_HOME absolute', () => {
    expect(resolveHome({ CODEJURY_HOME: 'here' }, 'linux').cacheDir).toBe(path.resolve('here'));
  });
});
