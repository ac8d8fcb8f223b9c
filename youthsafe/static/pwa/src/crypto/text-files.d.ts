/** A text file, as the bundler imports it. */
declare module "*.txt" {
  const content: string;
  export default content;
}
