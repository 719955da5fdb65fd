/** The languages in which everything shown has a name. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** A name or text in both languages. An empty string is a missing translation, which is reported, never hidden. */
export type Localized = Readonly<Record<Language, string>>;
