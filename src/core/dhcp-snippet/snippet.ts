/** What an existing DHCP server is to tell phones. */
export type SnippetWish = {
  /** TFTP servers, dotted; phones use the first two. */
  readonly addresses: readonly [string, ...string[]];
  /** What option 60 of the phones begins with. */
  readonly vendorClasses: readonly string[];
};

/** Lines for one kind of DHCP server. */
export type SnippetKind = {
  readonly name: string;
  /** Which server that is, for help. */
  readonly title: string;
  lines(wish: SnippetWish): readonly string[];
};

/** The name that the lines give to what they make. */
export const snippetName = 'hookflash-phones';
