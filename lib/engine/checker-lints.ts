// Which of Harper's rules are on: all of its defaults but what is of taste, and what was wrong too often when measured (README,
// "Rewriting"; `npm run evaluate:rewriting`).

/** Whole groups, by Harper's own labels. */
export const GROUPS_OFF: readonly string[] = [
  'Initialisms',
  'Numbers and Units',
  'Style and Redundancy',
  'Regionalisms and Dialect',
];

/** Of those groups, what finds faults all the same. */
export const RULES_ON: readonly string[] = [
  'RepeatedWords',
  'DiscourseMarkers',
  'AnAnother',
  'AnotherAn',
  'CauseItIsBecause',
  'MoreBetter',
  'QuiteQuiet',
];

export const RULES_OFF: readonly string[] = [
  // Taste: the serial comma, spaces after a full stop, the shape of dashes and ellipses, one word or two.
  'OxfordComma',
  'NoOxfordComma',
  'NoFrenchSpaces',
  'Dashes',
  'UseEllipsisCharacter',
  'CompoundNouns',
  'DisjointPrefixes',
  'CondenseAllThe',
  'OkToOkay',
  'AvoidCurses',
  'SplitWords',
  'VeryUnique',
  'InDemandInDepth',
  'LitotesDirectPositive',
  'AdjectiveOfA',
  'CrossPlatform',
  'Codebase',
  'BuiltIn',
  'NumericRangeEnDash',
  // Right in one country, wrong in another, whatever the dialect says.
  'HaveTakeALook',
  'InOnTheCards',
  'FedUpWith',
  'AmInTheMorning',
  // Wrong on edited prose.
  'OrthographicConsistency',
  'MassNouns',
  'The',
  'There',
  'WrongNegative',
  'SomewhatSomething',
  'ThisTypeOfThing',
  'ProgressiveNeedsBe',
  'NominalWants',
  'SingleBe',
  'WereWhere',
  'TheProperNounPossessive',
  'ExpandStandardInputAndOutput',
  'Everyone',
  'PhrasalVerbAsCompoundNoun',
];
