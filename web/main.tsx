import './style.css';
import {render} from 'preact';
import {App} from './app/app';
import {start} from './app/start';

render(<App />, document.getElementById('app') as HTMLElement);
start();
