export { default } from "./fr.txt";
