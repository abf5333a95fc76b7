/**
 * A Kubernetes type as JSON really carries it: dates are strings, and any field may be missing or null,
 * whatever the API's schema says. The compiler then asks for a `?.` wherever an odd object could break a rule.
 * Names that the client library had to prefix because they are JavaScript words (`_default`) are JSON's again.
 */
export type Raw<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Raw<Item>[]
    : T extends object
      ? { [Key in keyof T as Key extends `_${infer Name}` ? Name : Key]?: Raw<T[Key]> | null }
      : T;
