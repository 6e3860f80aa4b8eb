// Fills the shadow roots, and the second frame from another origin: the same server under its other name.
class Story extends HTMLElement {
  show(mode, text) {
    const paragraph = document.createElement('div');
    paragraph.id = 'story';
    paragraph.textContent = text;
    const root = this.attachShadow({ mode });
    root.append(paragraph);
    // A closed root is out of reach from outside, so the element selects its own text when it is told to.
    this.addEventListener('select-story', () => getSelection().selectAllChildren(paragraph));
  }
}
customElements.define(
  'lantern-story',
  class extends Story {
    connectedCallback() {
      this.show(
        'open',
        'The lantern at Grey Point burned whale oil until 1864. Two keepers climbed its 212 steps every evening. Today a lamp of 35 watts is seen from 28 kilometres away.',
      );
    }
  },
);
customElements.define(
  'closed-story',
  class extends Story {
    connectedCallback() {
      this.show(
        'closed',
        'The clock in Varden market has no minute hand. Its maker thought that nobody in Varden was in such a hurry. It loses four seconds a week.',
      );
    }
  },
);
const other = new URL('frame.html', location.href);
other.hostname = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
document.querySelector('#cross-origin').src = other.href;
