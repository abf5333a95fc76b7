/**
 * What a terminal would obey or hide instead of showing: controls (C0, DEL, C1, and with them every CSI, OSC and DCS sequence),
 * bidirectional overrides, zero-width and other default-ignorable characters, line separators, lone surrogates.
 */
export const UNSAFE =
  /[\p{Control}\p{Surrogate}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\uFFF9-\uFFFB]/gu;
