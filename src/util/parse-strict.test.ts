import { describe, expect, it } from 'vitest';
import { teamConfigSchema } from '../contracts/team.ts';
import { CodejuryError } from '../errors.ts';
import { parseStrict } from './parse-strict.ts';

function fault(value: unknown): CodejuryError {
  try {
    parseStrict(teamConfigSchema, value, 'team.yaml');
  } catch (error) {
    if (error instanceof CodejuryError) {
      return error;
    }
    throw error;
  }
  throw new Error('expected a fault');
}

describe('parseStrict', () => {
  it('fills every default', () => {
    const team = parseStrict(teamConfigSchema, {}, 'team.yaml');
    expect(team.generator.samples).toBe(10);
    expect(team.judges).toHaveLength(1);
    expect(team.judges[0]?.threads).toBeNull();
    expect(team.combine).toBe('posterior');
  });

  it('names the nearest key of an unknown one, at any depth', () => {
    const error = fault({ generator: { temprature: 1 } });
    expect(error.message).toBe('team.yaml: unknown key "generator.temprature"');
    expect(error.hint).toBe('did you mean "temperature"?');
    expect(fault({ judges: [{ model: 'a', adaptr: 'b' }] }).hint).toBe('did you mean "adapter"?');
  });

  it('gives path, expected and received', () => {
    expect(fault({ generator: { samples: 0 } }).message).toMatch(
      /^team.yaml: generator.samples: .*>=1.*, received 0$/,
    );
    expect(fault({ generator: { temperature: Number.NaN } }).message).toMatch(
      /generator.temperature: .*expected number, received NaN/,
    );
    expect(fault('text').message).toContain('expected object');
    expect(fault({ judges: [{}] }).message).toContain('expected exactly one of "model" and "profile"');
  });
});
