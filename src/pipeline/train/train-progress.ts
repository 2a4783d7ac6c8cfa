/** What goes on in a training, as it is shown. */
export type TrainProgress =
  | { readonly kind: 'preparing'; readonly what: string }
  | {
      readonly kind: 'reading states';
      readonly layer: number;
      readonly done: number;
      readonly total: number;
      /** At the rate of this run; null while there is none. */
      readonly secondsLeft: number | null;
    }
  | {
      /** How likely the model finds each candidate. */
      readonly kind: 'scoring code';
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number | null;
    }
  | {
      readonly kind: 'training';
      readonly step: number;
      readonly steps: number;
      /** Counts from 0; a fraction inside an epoch. */
      readonly epoch: number;
      readonly epochs: number;
      readonly loss: number | null;
      /** Of the last validation. */
      readonly f1: number | null;
      readonly kappa: number | null;
      /** At the rate of this run; null while there is none. */
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'validating'; readonly done: number; readonly total: number }
  | { readonly kind: 'exporting'; readonly what: string };
