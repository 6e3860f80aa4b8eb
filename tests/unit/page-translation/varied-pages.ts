// Bodies of pages that are built differently: what of markup comes between text on the web.

const WORDS = 'The river came back to the old town in spring and nobody had expected it so soon'.split(' ');

/** Elements nested in each other, a word in each. */
function nested(depth: number): string {
  const tags = ['b', 'i', 'span', 'em', 'a', 'u'];
  const open = Array.from({ length: depth }, (_, at) => `<${tags[at % 6]} data-n="${at}">w${at} `);
  const close = Array.from({ length: depth }, (_, at) => `end${at}</${tags[(depth - 1 - at) % 6]}> `);
  return open.join('') + close.join('');
}

export const VARIED_PAGES: Record<string, string> = {
  article: `<article><h1>A <em>quiet</em> year</h1><p class="lead">It was <strong>very</strong> quiet, <a href="/a">said Ann</a>.</p>
    <figure><img src="p.png" alt="A picture"><figcaption>The bridge, <cite>seen from</cite> afar</figcaption></figure>
    <blockquote cite="x"><p>Nobody <q>came</q> at all.</p></blockquote></article>`,
  'text around blocks': `Loose text <div>inner one</div> more loose <b>bold</b> text <section>inner two <p>deep</p> tail</section> end of page`,
  'inline around blocks': `<a href="/card" class="card"><h2>Card title</h2><p>Card text here</p></a><span><div>Div in span</div> and text after it</span>
    <b>Bold <p>paragraph in bold</p> tail</b>`,
  lists: `<ul><li>One <b>item</b></li><li>Two<ul><li>Two point <a href="#1">one</a></li></ul> after the list</li></ul>
    <ol start="3"><li><p>Para item</p></li></ol><dl><dt>Term</dt><dd>What it <i>means</i></dd></dl><menu><li>Entry</li></menu>`,
  'a table': `<table><caption>Sales by year</caption><thead><tr><th scope="col">Year</th><th>Sold goods</th></tr></thead>
    <tbody><tr><td>2019</td><td>Nearly <b>twelve</b> tons</td></tr><tr><td colspan="2">Nothing else</td></tr></tbody></table>`,
  'a form': `<form><fieldset><legend>Your data</legend><label>First name <input name="first" value="Ann"></label>
    <label for="c">Country</label> <select id="c"><optgroup label="Europe"><option value="pt" selected>Portugal</option><option>Spain</option></optgroup></select>
    <label><input type="checkbox" checked> I agree to <a href="/terms">the terms</a></label><textarea>My own text</textarea>
    <button type="submit"><span>Send it</span> now</button> <input type="submit" value="Send"></fieldset></form>`,
  'images in text': `<p>Before <img src="a.png" alt=""> between <picture><source srcset="x"><img src="b.png"></picture> after it <svg width="9" height="9"><text>svg text</text></svg> end</p>`,
  'line breaks': `<p>First line<br>second line<br/>third <b>bold<br>fourth</b> line</p><p>One paragraph<br><br>another one<br><br><br>a third</p>`,
  code: `<p>Call <code>open()</code> with <kbd>Ctrl</kbd>+<kbd>C</kbd>, or <var>n</var> times. <code>close()</code> comes last:</p><pre>let a = 1;\n  more code</pre>`,
  'navigation by links': `<nav><a href="/">Home</a> | <a href="/n">News today</a> | <a href="/s">Sport</a></nav>
    <div><a href="1">First link</a> <a href="2"><b>Second</b> link</a>, <span><a href="3">third</a></span></div>`,
  'a flex row': `<div style="display:flex">Direct text <span>One</span><span>Two words</span></div><div style="display:flex;flex-direction:column"><p>Column</p>text</div>`,
  'a grid': `<div style="display:grid;grid-template-columns:1fr 1fr"><div>Cell one</div><div>Cell <b>two</b></div>loose text</div>`,
  'inline blocks': `<p>See <span style="display:inline-block">this badge</span> and <a style="display:inline-flex" href="#">that one</a> today</p>`,
  'floats and drop caps': `<p><span style="float:left">O</span>nce upon a time <span style="float:right">an aside</span> there was a king</p>`,
  'positioned text': `<p>Read more<span style="position:absolute;clip:rect(0,0,0,0)"> about whales</span> on the <a href="#">next page</a></p>`,
  preformatted: `<div style="white-space:pre-wrap">Line one\n  Line two, <b>bold</b>\n\nLine four</div><p style="white-space:pre-line">Pre line\n   next <i>one</i></p>`,
  'white space everywhere': `<p>\n\t  Much   <b> space </b>\n here <i>\n and\n</i> there , <a href="#"> link </a> .  \n</p><p> &nbsp; lead</p>`,
  comments: `<p><!-- react --> Hello <!-- a --><b>dear<!-- b --></b><!----> reader <!-- end --></p><p>Text<script>var x = "not text"</script> goes on<style>p{}</style></p>`,
  'empty elements': `<p><a name="top"></a>Anchor <b></b>and <i> </i>empties<span class="icon"></span> here <a href="#"><img src="i.png"></a></p>`,
  'not to translate': `<p>Our <span translate="no">Brand Name</span> is <b class="notranslate">Kept</b> here</p><p translate="no">All <b>of it</b></p>
    <div contenteditable>Edit <b>me</b></div><div role="textbox">Field</div><p lang="xx">Written in xx</p><p>A <i lang="xx">phrase</i> in it</p>`,
  'hidden parts': `<p>Shown <span style="display:none">not shown</span> text</p><div hidden>Hidden block</div><details><summary>More about it</summary><p>Folded text</p></details>`,
  footnotes: `<p>The town grew.<sup id="r1"><a href="#n1">[1]</a></sup> It then shrank<sup><a href="#n2">2</a></sup> again, to m<sup>2</sup>.</p>`,
  ruby: `<p>The word <ruby>kanji<rp>(</rp><rt>reading</rt><rp>)</rp></ruby> has a reading</p>`,
  math: `<p>Let <math><mi>x</mi><mo>=</mo><mn>2</mn></math> be a <b>number</b></p>`,
  'nested inline': `<p>${nested(12)}</p>`,
  'words each in an element': `<p>${WORDS.map((word, at) => `<span class="w${at % 3}">${word}</span>`).join(' ')}</p>`,
  'words in links': `<p>Start ${WORDS.map((word, at) => `<a href="/${at}">${word}</a>`).join(', then ')} end</p>`,
  'right to left': `<div dir="rtl" lang="ar"><p>مرحبا <b>بالعالم</b> كله</p></div><p>Then English</p>`,
  'no spaces': `<p>今天<b>天气</b>很好，<a href="#">我们</a>去公园。</p><p>Weather<b>report</b>today</p>`,
  fonts: `<center><font size="2" color="#333">Old page<br><br><font face="Arial">second <b>part</b></font><br><br>third</font></center>`,
  'icon fonts': `<p><i class="material-icons" style="font-family:'Material Icons'">home</i> Home page <span style="font-family:FontAwesome">x</span> end</p>`,
  'attributes of all kinds': `<p id="p" class="a b" onclick="void 0" data-x='{"a":1}' style="color:red">Some <a id="l" title="Tip" aria-label="Label" href="/x?y=1&amp;z=2" onclick="return false">linked</a> text</p>`,
  'dialog and menu': `<div role="menu"><div role="menuitem">Open file</div><div role="menuitem">Close <b>all</b></div></div><dialog open><p>Are you sure?</p><button>Yes</button><button>No</button></dialog>`,
  'custom elements': `<my-app><my-head>Title here</my-head> text in app <my-link><a href="#">a link</a></my-link> more<p>Para</p></my-app>`,
};
