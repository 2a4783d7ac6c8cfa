import { taskOfDocument } from '../parse-task.ts';
import type { TaskFormat } from './task-format.ts';

/** The project's own tasks, as `codejury tasks show --json` and `tasks import` print them; fields may be left out as in YAML. */
export const ownFormat: TaskFormat = {
  name: 'codejury',
  fields: ['language', 'description', 'signature'],
  toTask: ({ value }, { place, file, line, projectFolder }) => {
    const name = file
      .replace(/^.*[/\\]/, '')
      .replace(/\.gz$/, '')
      .replace(/\.\w+$/, '');
    return taskOfDocument(value, place, { id: `file/${name}/${line}` }, projectFolder);
  },
};
