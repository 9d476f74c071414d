/** On a telephone the menu of the member area scrolls: begin where one is. */
const list = document.querySelector(".member-bar__list");
const here = list?.querySelector("[aria-current]");

if (here) {
  const [frame, link] = [list, here].map((one) => one.getBoundingClientRect());
  list.scrollLeft += link.left + link.width / 2 - frame.left - frame.width / 2;
}
