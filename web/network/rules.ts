/** What a value may be that can be set. */

export interface NumberRule {
  type: 'number';
  whole: boolean;
  min: number;
  max: number;
  initial: number;
}

interface ChoiceRule {
  type: 'choice';
  options: readonly string[];
  initial: string;
}

export type Rule = NumberRule | ChoiceRule;
