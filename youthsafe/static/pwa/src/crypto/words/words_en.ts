export { default } from "./en.txt";
