/** The end of what one container logged, or why it could not be read. Nothing secret is in it. */
export interface ContainerLog {
  pod: string;
  container: string;
  /** Whether it is the log of the run before the present one. */
  previous: boolean;
  /** Whole lines; empty where there are none. */
  text: string;
  /** Whether it begins later than the container did: lines before these were not read. */
  cut: boolean;
  /** The API server's words where it has no log to give; else null. */
  failure: string | null;
}
