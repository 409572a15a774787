/** What a value may be that can be set. */

export interface NumberRule {
  /** Of texts.network.fields, where it is not the field's own name. */
  label?: string;
  type: 'number';
  whole: boolean;
  min: number;
  max: number;
  initial: number;
}

interface ChoiceRule {
  label?: string;
  type: 'choice';
  options: readonly string[];
  initial: string;
}

export type Rule = NumberRule | ChoiceRule;
