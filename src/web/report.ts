import { sortableTables } from './report/sortable-tables.ts';
import { themeSwitch } from './report/theme-switch.ts';

themeSwitch();
sortableTables();
