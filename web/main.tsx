import './style.css';
import {render} from 'preact';
import {App} from './app/app';
import {start} from './app/start';
import {keepPage} from './offline/register';

render(<App />, document.getElementById('app') as HTMLElement);
start();
if (import.meta.env.PROD) keepPage();
