export { default } from "./pl.txt";
