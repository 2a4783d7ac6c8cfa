export { groupFolds } from '../../util/group-folds.ts';
